import { type Instant, type JsonObject, okUnless, type Result } from "#kernel";
import type { AuditEntry, Version } from "#record";
import { checkResource, compileIndexer, type Indexer, type IndexSink, silentSink } from "#standards/fhir";
import type { Agent } from "./act.ts";
import { type PostedBody, postedEntry } from "./entry.ts";
import { renderPosted } from "./render.ts";
import { searchable } from "./search.ts";

export interface Posting {
  readonly at: Instant;
  readonly agent: Agent;
  /** Given by Corridor; never a number alone, for those are places in the log. */
  readonly id: string;
  readonly resource: JsonObject;
}

export interface PostedEvent {
  readonly entry: AuditEntry;
  /** As it will be read back, but for its place in the log: position 0. */
  readonly version: Version;
}

/** Takes AuditEvents that applications made of acts of their own. Problems: incorrect, where it is not sound R4. */
export function postedEvents(): (posting: Posting) => Result<PostedEvent> {
  let indexer: Indexer | undefined;
  return ({ at, agent, id, resource }) => {
    const body: JsonObject = { ...resource, resourceType: resource.resourceType ?? "AuditEvent" };
    const problems = checkResource(body);
    indexer ??= compileIndexer("AuditEvent");
    const posted: PostedBody = { at, act: "posted", agent, id, resource: body };
    const entry = postedEntry(posted, problems.length > 0 ? [] : keysOf(indexer, body));
    const text = JSON.stringify(renderPosted(posted));
    const version: Version = { kind: "AuditEvent", id, version: 1, position: 0, at, action: "create", body: text };
    return okUnless(problems, { entry, version });
  };
}

function keysOf(indexer: Indexer, body: JsonObject): readonly string[] {
  const keys = new Set<string>();
  const add = (parameter: string, value: string) => {
    if (searchable.some((name) => name === parameter)) keys.add(`${parameter}=${value}`);
  };
  const sink: IndexSink = {
    ...silentSink,
    token: (parameter, _system, code) => add(parameter, code),
    plain: add,
    reference: add,
  };
  indexer(body, sink);
  return [...keys];
}
