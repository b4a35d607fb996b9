import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = {
  observe(what: string, outcome: string, seconds: number): void;
  jobFailed(): void;
  ready(isReady: boolean): void;
  text(): Promise<string>;
  readonly contentType: string;
};

/** What Prometheus reads at `/metrics`. */
export function openMetrics(): Metrics {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const registers = [register];
  const requests = new Counter({
    name: 'quartermaster_requests_total',
    help: 'Requests by what they were and how they ended',
    labelNames: ['what', 'outcome'],
    registers,
  });
  const duration = new Histogram({
    name: 'quartermaster_request_duration_seconds',
    help: 'Time from receiving a request to its answer',
    labelNames: ['what'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const faults = new Counter({
    name: 'quartermaster_job_faults_total',
    help: 'Background work that failed and is tried again or given up',
    registers,
  });
  const up = new Gauge({ name: 'quartermaster_ready', help: '1 while the bot can work', registers });
  return {
    observe(what, outcome, seconds) {
      requests.inc({ what, outcome });
      duration.observe({ what }, seconds);
    },
    jobFailed: () => faults.inc(),
    ready: (isReady) => up.set(isReady ? 1 : 0),
    text: () => register.metrics(),
    contentType: register.contentType,
  };
}
