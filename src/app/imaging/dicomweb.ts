import type { Context } from "#access";
import { dicomwebRoutes } from "#departments/clinical";
import type { Log, Route } from "#kernel";
import type { PixelEngine } from "#standards/pixels";
import type { ShutdownStack } from "../compose/shutdown-stack.ts";
import { openPixelEngine } from "../pixels/pixel-engine.ts";

export interface DicomwebDoorNeeds {
  readonly log: Log;
  readonly stack: ShutdownStack;
}

/** What decodes and renders frames, for as long as the stack is open. */
export function openPixels({ log, stack }: DicomwebDoorNeeds): PixelEngine {
  const engine = openPixelEngine({ log });
  stack.defer("pixels", () => engine.close());
  return engine;
}

/** The door for images over the web. */
export function openDicomweb(engine: PixelEngine): readonly Route<Context>[] {
  return dicomwebRoutes({ engine });
}
