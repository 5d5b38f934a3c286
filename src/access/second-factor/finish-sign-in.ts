import { failed, forbidden, type Problem, type Result } from "#kernel";
import { actingUser, identityEntry, readUser } from "../identity/accounts.ts";
import { afterFailure, lockedForMs } from "../identity/attempts.ts";
import { beginSession, type SignedIn, type Whereabouts } from "../identity/begin-session.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import type { StoredUser } from "../identity/user.ts";
import { type AccountNotice, noticeOf } from "../notices/account-notice.ts";
import { checkAnswer, type SecondAnswer, type WrongAnswer } from "./check-answer.ts";
import { factorsWrite, readSecondFactors, type StoredSecondFactors } from "./second-factors.ts";
import { readTicket, type Ticket } from "./ticket.ts";

export interface SecondStepRequest extends Whereabouts {
  readonly ticket: string;
  readonly answer: SecondAnswer;
  readonly origin: string;
}

/**
 * The session, for who shows the second factor after the password. Problems: forbidden `second-factor-late` when the ticket
 * is too old or the account was changed meanwhile; forbidden `second-factor-failed`, which counts towards a lock of the
 * second factor; forbidden `second-factor-locked`; unavailable `identity-key-changed`; busy, unavailable.
 */
export async function finishSignIn(needs: IdentityNeeds, request: SecondStepRequest): Promise<Result<SignedIn>> {
  const ticket = readTicket(needs, "second-step", request.ticket);
  if (ticket?.userId === undefined) return failed(late);
  const { userId } = ticket;
  return needs.turns.take(userId, async () => {
    const user = await readUser(needs.record, userId);
    if (!user.ok) return user;
    if (user.value === undefined || !isStillOpen(user.value, ticket)) return failed(late);
    const factors = await readSecondFactors(needs.record, userId);
    if (!factors.ok) return factors;
    return answerFor(needs, { request, ticket, user: user.value, factors: factors.value });
  });
}

/** An administrator who closes the account, or resets what opens it, ends the sign-ins that are under way too. */
export function isStillOpen(user: StoredUser, { issuedMs }: Ticket): boolean {
  return user.active && issuedMs >= Date.parse(user.sessionsFrom);
}

const late = forbidden("second-factor-late", "That took too long. Sign in again from the beginning.");

interface Answering {
  readonly request: SecondStepRequest;
  readonly ticket: Ticket;
  readonly user: StoredUser;
  readonly factors: StoredSecondFactors;
}

async function answerFor(needs: IdentityNeeds, answering: Answering): Promise<Result<SignedIn>> {
  const { request, ticket, user, factors } = answering;
  const lockedMs = lockedForMs(factors, needs.clock.now());
  if (lockedMs > 0) return refuse(needs, answering, locked(lockedMs));
  const { answer, origin } = request;
  const right = await checkAnswer(needs, { answer, factors, ticket, origin });
  if (!right.ok) return refuse(needs, answering, right.problems[0]);
  if (typeof right.value === "string") return refuse(needs, answering, wrong, right.value);
  const { method, change } = right.value;
  const codeUsed = noticeOf(needs, { userId: user.id, what: "recovery-code-used", where: request });
  const forgotten = { failedAttempts: 0, lockedUntil: undefined };
  return beginSession(needs, {
    user,
    where: request,
    method: ticket.outside === undefined ? method : "hospital sign-in and own second factor",
    outsideSession: ticket.outside?.outsideSession,
    also: [factorsWrite(factors, { ...change, ...forgotten }), ...(answer.is === "recovery-code" ? [codeUsed] : [])],
  });
}

const wrong = forbidden(
  "second-factor-failed",
  "That is not right, or was used before. A code stands for half a minute: wait for the next one.",
);

function locked(ms: number): Problem {
  const minutes = Math.ceil(ms / 60_000);
  const wait = minutes === 1 ? "a minute" : `${minutes} minutes`;
  const message = `Too many wrong codes. Try again in ${wait}, or ask a system administrator.`;
  return forbidden("second-factor-locked", message);
}

/** Only a wrong answer counts towards the lock; its owner is told of that, and of a code that comes again. */
async function refuse(
  needs: IdentityNeeds,
  { request, user, factors }: Answering,
  ...[problem, answer]: readonly [problem: Problem, answer?: WrongAnswer]
) {
  const attempts = afterFailure(factors, needs.clock.now());
  const told = (what: AccountNotice["what"]) => [noticeOf(needs, { userId: user.id, what, where: request })];
  const counted =
    problem === wrong
      ? [
          factorsWrite(factors, attempts),
          ...(attempts.lockedUntil === undefined ? [] : told("second-factor-locked")),
          ...(answer === "used" ? told("code-used-twice") : []),
        ]
      : [];
  const noted = await needs.record.transact({
    operations: counted,
    audit: [
      identityEntry(needs, {
        act: "sign-in",
        actor: actingUser(user, request.remoteAddress),
        entities: [],
        problem: problem.code,
        query: answer === "used" ? "code used before" : request.answer.is,
      }),
    ],
  });
  return noted.ok ? failed(problem) : noted;
}
