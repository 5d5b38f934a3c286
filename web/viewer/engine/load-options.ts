import { Enums, getShouldUseCPURendering } from "@cornerstonejs/core";

/** How a picture is asked for ahead of its being looked at: as a pane would, only later. */
export function ahead() {
  return {
    requestType: Enums.RequestType.Prefetch,
    priority: 0,
    // The processor draws colours with four bytes a pixel, a graphics card with three.
    useRGBA: getShouldUseCPURendering(),
  };
}
