import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { type DoctorFinding, type DoctorReport, doctorReportCard } from '../../../cards/doctor-report.ts';
import { count } from '../../../cards/format.ts';
import { tell } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';

export function report(data: DoctorReport): Reply {
  const troubles = data.findings.filter(({ state }) => state === 'attention');
  const things = data.findings.filter(({ state }) => state !== 'note').length;
  const first =
    troubles.length === 0
      ? `${data.organization}: nothing is wrong in ${count(things, 'thing')} that I looked at.`
      : `${data.organization}: ${troubles.length} of ${count(things, 'thing')} that I looked at ${troubles.length === 1 ? 'needs' : 'need'} somebody.`;
  const lines = troubles.map(
    ({ about, says, remedy }) => `${about}: ${[says, remedy].filter(Boolean).join(' ')}`,
  );
  return tell([first, ...lines].join('\n'), doctorReportCard(data));
}

/** There is nothing of this name; `all` is what there is. */
export function lookedAt(word: string, all: readonly DoctorFinding[]): Reply {
  const problem = `I don’t look at “${word}”.`;
  const names = [...new Set(all.map(({ about }) => about))];
  const remedy = `I look at: ${names.join(', ')}.`;
  const buttons = [{ title: 'Look at everything', command: 'doctor' }];
  return tell(`${problem} ${remedy}`, chatRefusalCard({ problem, remedy, buttons }));
}
