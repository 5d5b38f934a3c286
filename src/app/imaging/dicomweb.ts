import type { Context } from "#access";
import { dicomwebRoutes } from "#departments/clinical";
import type { Log, Route } from "#kernel";
import type { ShutdownStack } from "../compose/shutdown-stack.ts";
import { openPixelEngine } from "../pixels/pixel-engine.ts";

export interface DicomwebDoorNeeds {
  readonly log: Log;
  readonly stack: ShutdownStack;
}

/** The door for images over the web. */
export function openDicomweb({ log, stack }: DicomwebDoorNeeds): readonly Route<Context>[] {
  const engine = openPixelEngine({ log });
  stack.defer("pixels", () => engine.close());
  return dicomwebRoutes({ engine });
}
