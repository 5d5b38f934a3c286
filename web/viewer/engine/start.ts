import {
  cache,
  Enums,
  getRenderingCapabilities,
  imageLoadPoolManager,
  imageRetrievalPoolManager,
  init as initCore,
  setUseCPURendering,
} from "@cornerstonejs/core";
import { init as initLoader } from "@cornerstonejs/dicom-image-loader";
import { init as initTools } from "@cornerstonejs/tools";
import { registerCuts } from "./cut-loader.ts";
import { forgetFrames } from "./frame-metadata.ts";
import { forgetDrawn, registerFrameLoader } from "./server-picture.ts";
import { registerTools } from "./tools.ts";

let started: { readonly isDrawnByProcessor: boolean } | undefined;

/** Readies Cornerstone, once a page. The processor draws where there is no graphics card, or one that is only played. */
export function startEngine(): { readonly isDrawnByProcessor: boolean } {
  if (started !== undefined) return started;
  initCore();
  const { webgl2, softwareRasterizer } = getRenderingCapabilities();
  const isDrawnByProcessor = !webgl2 || softwareRasterizer === true;
  setUseCPURendering(isDrawnByProcessor, false);
  initTools();
  initLoader({ maxWebWorkers: decodersMax() });
  cache.setMaxCacheSize(pixelBytesMax());
  registerTools();
  registerCuts();
  registerFrameLoader();
  // The loader tells of a request that failed twice: to who asked for the image, and to nobody.
  window.addEventListener("unhandledrejection", (event) => {
    if (event.reason instanceof XMLHttpRequest) event.preventDefault();
  });
  started = { isDrawnByProcessor };
  return started;
}

let users = 0;
let forgetting: number | undefined;

/** As `startEngine`, for a viewer that has to be left again. */
export function enterEngine(): { readonly isDrawnByProcessor: boolean } {
  users++;
  window.clearTimeout(forgetting);
  return startEngine();
}

/** Who comes back at once finds the images again; a while later they are gone from memory. */
const forgetAfterMs = 30_000;

export function leaveEngine(): void {
  users--;
  imageLoadPoolManager.clearRequestStack(Enums.RequestType.Prefetch);
  imageRetrievalPoolManager.clearRequestStack(Enums.RequestType.Prefetch);
  forgetting = window.setTimeout(() => {
    if (users > 0) return;
    cache.purgeCache();
    forgetFrames();
    forgetDrawn();
  }, forgetAfterMs);
}

const mebibyte = 1024 * 1024;

/** Decoded pictures that stay in memory; the ones looked at longest ago go first. Small machines keep less. */
export function pixelBytesMax(): number {
  const memoryGb = (navigator as { readonly deviceMemory?: number }).deviceMemory ?? 8;
  return (memoryGb >= 8 ? 1024 : memoryGb >= 4 ? 640 : 320) * mebibyte;
}

function decodersMax(): number {
  return Math.min(4, Math.max(1, Math.floor((navigator.hardwareConcurrency ?? 2) / 2)));
}
