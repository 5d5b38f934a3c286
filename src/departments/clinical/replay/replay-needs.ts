import type { Actor, Context } from "#access";
import type { Clock, Log, Result } from "#kernel";
import type { Blob } from "#record";
import type { Person } from "../api/replays.ts";
import type { Configuration } from "../configuration/configuration.ts";
import type { TextSearchNeeds } from "../message-text/find-by-text.ts";
import type { Rules } from "./rules.ts";

/** What replays and shadow runs take to be worked on. */
export interface ReplayNeeds {
  /** The whole record: looking whether there is something to do, and which messages have some words, shows nothing to anybody. */
  readonly look: TextSearchNeeds["look"];
  /** The record as a link may see and write it, under the name of whoever started the work; `witness` makes reads durable. */
  contextFor(by: Person): { readonly context: Context; witness(): Promise<Result<unknown>> };
  /** What somebody looks at for a link, with its rights and under their own name. */
  forLink(actor: Actor): Context;
  /** As the links run now. */
  readonly running: Rules;
  /** As a configuration would have it; undefined: that which is open where none was ever deployed. */
  rulesOf(configuration: Configuration | undefined): Rules;
  /** These were committed: whoever delivers may begin. */
  queued(destinations: readonly string[], bodies: readonly Blob[]): void;
  readonly clock: Clock;
  readonly log: Log;
}
