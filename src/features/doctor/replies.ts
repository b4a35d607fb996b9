import { type DoctorReport, doctorReportCard } from '../../../cards/doctor-report.ts';
import { tell } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';

export function report(data: DoctorReport): Reply {
  const troubles = data.findings.filter(({ state }) => state === 'attention');
  const things = data.findings.filter(({ state }) => state !== 'note').length;
  const first =
    troubles.length === 0
      ? `${data.organization}: nothing is wrong in ${things} things that I looked at.`
      : `${data.organization}: ${troubles.length} of ${things} things that I looked at need somebody.`;
  const lines = troubles.map(
    ({ about, says, remedy }) => `${about}: ${[says, remedy].filter(Boolean).join(' ')}`,
  );
  return tell([first, ...lines].join('\n'), doctorReportCard(data));
}
