// Who runs a job: days may go by until it ends, and they may have gone meanwhile.
import { type Actor, CHANGERS, type Role, scopeOf } from '../../bot/index.ts';
import { type Db, isInScope } from '../../db/index.ts';
import { type JobRecord, loadMember } from './store.ts';

/** Who did what the job does. Who was revoked meanwhile did it by name, and is no member. */
export function actorOfJob({ actor, member_id }: Pick<JobRecord, 'actor' | 'member_id'>): Actor {
  const stored = actor as Actor;
  return stored.kind === 'person' ? { ...stored, memberId: member_id } : stored;
}

/** May who runs the job still hear of it in private? Not who was revoked, moved elsewhere, or only reads now. */
export async function mayStillHear(db: Db, job: JobRecord): Promise<boolean> {
  const stored = job.actor as Actor;
  // On this machine somebody may act without being a member.
  if (stored.kind !== 'person' || stored.memberId === null) return true;
  const now = job.member_id === null ? undefined : await loadMember(db, job.member_id);
  if (now === undefined || !CHANGERS.includes(now.role as Role)) return false;
  if (job.organization_kind === 'provider' && now.role !== 'provider admin') return false;
  return isInScope(db, scopeOf({ id: now.organizationId, kind: now.kind, name: '' }), job.organization_id);
}
