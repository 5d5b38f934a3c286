import type { Context } from "#access";
import type { NamedNode } from "../nodes/index.ts";

/** A node that opened an association, and as whom it acts. */
export interface NodeCaller {
  readonly node: NamedNode;
  readonly context: Context;
}
