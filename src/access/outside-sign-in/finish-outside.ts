import { failed, forbidden, ok, type Problem, type Result } from "#kernel";
import { actingUser, identityEntry } from "../identity/accounts.ts";
import { beginSession, type SignedIn, type Whereabouts } from "../identity/begin-session.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import type { StoredUser } from "../identity/user.ts";
import { askForSecondFactor, type SecondStep } from "../second-factor/ask-for-second-factor.ts";
import { type Claims, countsAsTwo } from "./claims.ts";
import { accountFor } from "./outside-account.ts";
import type { OutsideProvider } from "./outside-provider.ts";
import type { OutsideTicket } from "./outside-ticket.ts";

export interface OutsideAnswer extends Whereabouts {
  /** Undefined where the browser began nothing, or too long ago. */
  readonly ticket: OutsideTicket | undefined;
  /** The query of the address that the provider sent the browser to. */
  readonly answer: string;
}

/**
 * A session for whom the hospital's provider has signed in; or the second step, where the account has a second factor here and
 * that of the provider does not count. Every failure is in the audit log. Problems: forbidden `outside-late`, `outside-closed`,
 * and those of the provider and of `accountFor`; unavailable.
 */
export async function finishOutside(
  needs: IdentityNeeds,
  provider: OutsideProvider,
  given: OutsideAnswer,
): Promise<Result<SignedIn | SecondStep>> {
  const { ticket, answer, remoteAddress } = given;
  if (ticket === undefined) return refuse(needs, { problem: late, remoteAddress });
  const claims = await provider.claimsFor(answer, ticket);
  if (!claims.ok) return refuse(needs, { problem: claims.problems[0], remoteAddress });
  const { settings } = provider;
  const { userId } = ticket;
  const arrival = { claims: claims.value, settings, userId, remoteAddress };
  const account = await accountFor(needs, arrival);
  if (!account.ok) return refuse(needs, { problem: account.problems[0], remoteAddress });
  const user = account.value;
  if (!user.active) return refuse(needs, { problem: closed, remoteAddress, user });
  return opened(needs, { user, claims: claims.value, where: given, isTwo: countsAsTwo(claims.value, settings) });
}

const late = forbidden("outside-late", "That took too long, or began in another browser. Begin again.");
const closed = forbidden("outside-closed", "Your account here is closed. Ask a system administrator.");

interface Opening {
  readonly user: StoredUser;
  readonly claims: Claims;
  readonly where: Whereabouts;
  readonly isTwo: boolean;
}

async function opened(needs: IdentityNeeds, opening: Opening): Promise<Result<SignedIn | SecondStep>> {
  const { user, claims, where, isTwo } = opening;
  const outsideSession = typeof claims.sid === "string" ? claims.sid : undefined;
  if (isTwo) {
    return beginSession(needs, { user, where, method: "hospital sign-in with second factor", outsideSession });
  }
  const step = await askForSecondFactor(needs, { user, where, outside: { outsideSession } });
  if (!step.ok) return step;
  if (step.value !== undefined) return ok(step.value);
  return beginSession(needs, { user, where, method: "hospital sign-in", outsideSession });
}

interface Refusal {
  readonly problem: Problem;
  readonly remoteAddress: string | undefined;
  readonly user?: StoredUser;
}

async function refuse(needs: IdentityNeeds, { problem, remoteAddress, user }: Refusal): Promise<Result<never>> {
  const entry = identityEntry(needs, {
    act: "sign-in",
    actor: actingUser(user, remoteAddress),
    entities: user === undefined ? [] : [`User/${user.id}`],
    problem: problem.code,
    query: "hospital sign-in",
  });
  const noted = await needs.record.transact({ operations: [], audit: [entry] });
  return noted.ok ? failed(problem) : noted;
}
