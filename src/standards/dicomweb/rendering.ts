import { failed, incorrect, limits, ok, type Problem, type Result, unsupported } from "#kernel";

/** How an image is to be shown. Source: PS3.18 §8.3.5. */
export interface Rendering {
  readonly window: RenderingWindow | undefined;
  readonly viewport: Viewport | undefined;
  /** 1 to 100. */
  readonly quality: number | undefined;
  readonly annotations: readonly ("patient" | "technique")[];
}

export interface RenderingWindow {
  readonly center: number;
  readonly width: number;
  readonly function: "linear" | "linear-exact" | "sigmoid";
}

export interface Viewport {
  readonly width: number;
  readonly height: number;
  /** What of the image is shown, in its pixels; undefined for all of it. */
  readonly source: ViewportSource | undefined;
}

export interface ViewportSource {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly isFlippedAcross: boolean;
  readonly isFlippedDown: boolean;
}

const windowFunctions: readonly string[] = ["linear", "linear-exact", "sigmoid"];

/**
 * Reads `window`, `viewport`, `quality` and `annotation`. Problems: `window-invalid`, `viewport-invalid`, `quality-invalid`,
 * `annotation-unknown`, and unsupported `icc-profile-unsupported`.
 */
export function parseRendering(parameters: URLSearchParams): Result<Rendering> {
  const problems: Problem[] = [];
  const profile = parameters.get("iccprofile") ?? "no";
  if (profile !== "no") {
    const message = "Images come without a colour profile.";
    problems.push(unsupported("icc-profile-unsupported", message, { where: "iccprofile" }));
  }
  const rendering = {
    window: windowOf(parameters.get("window"), problems),
    viewport: viewportOf(parameters.get("viewport"), problems),
    quality: qualityOf(parameters.get("quality"), problems),
    annotations: annotationsOf(parameters.get("annotation"), problems),
  };
  const [first, ...rest] = problems;
  return first === undefined ? ok(rendering) : failed(first, ...rest);
}

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

function windowOf(text: string | null, problems: Problem[]): RenderingWindow | undefined {
  if (text === null) return undefined;
  const [center = "", width = "", shape = "linear", ...more] = text.split(",").map((part) => part.trim());
  const isWindow =
    more.length === 0 && number.test(center) && number.test(width) && windowFunctions.includes(shape.toLowerCase());
  const isWide = Number(width) >= (shape === "linear" ? 1 : Number.MIN_VALUE);
  if (isWindow && isWide) {
    const named = shape.toLowerCase() as RenderingWindow["function"];
    return { center: Number(center), width: Number(width), function: named };
  }
  const message = "window is its centre, its width (1 at least) and linear, linear-exact or sigmoid.";
  problems.push(incorrect("window-invalid", message, { where: "window" }));
  return undefined;
}

function viewportOf(text: string | null, problems: Problem[]): Viewport | undefined {
  if (text === null) return undefined;
  const parts = text.split(",").map((part) => part.trim());
  const [width, height] = parts.slice(0, 2).map(Number);
  const isSide = (side: number | undefined) =>
    side !== undefined && Number.isInteger(side) && side >= 1 && side <= limits.renderedSideMax;
  const source = parts.length === 2 ? undefined : sourceOf(parts.slice(2));
  if (!isSide(width) || !isSide(height) || source === "none") {
    const message = `viewport is a width and a height, ${limits.renderedSideMax} at most, and where wanted the left, top, width and height of what is shown.`;
    problems.push(incorrect("viewport-invalid", message, { where: "viewport" }));
    return undefined;
  }
  return { width: width ?? 0, height: height ?? 0, source };
}

/** Negative sides turn the image over. Source: PS3.18 §8.3.5.1.3. */
function sourceOf(parts: readonly string[]): ViewportSource | undefined | "none" {
  const [left = "", top = "", width = "", height = "", ...more] = parts;
  if (more.length > 0 || parts.length !== 4) return "none";
  if ([left, top].some((part) => part !== "" && !/^\d+(?:\.\d+)?$/.test(part))) return "none";
  if ([width, height].some((part) => !/^-?\d+(?:\.\d+)?$/.test(part) || Number(part) === 0)) return "none";
  return {
    left: Number(left),
    top: Number(top),
    width: Math.abs(Number(width)),
    height: Math.abs(Number(height)),
    isFlippedAcross: width.startsWith("-"),
    isFlippedDown: height.startsWith("-"),
  };
}

function qualityOf(text: string | null, problems: Problem[]): number | undefined {
  if (text === null) return undefined;
  if (/^(?:100|[1-9]\d?)$/.test(text)) return Number(text);
  problems.push(incorrect("quality-invalid", "quality is a whole number from 1 to 100.", { where: "quality" }));
  return undefined;
}

function annotationsOf(text: string | null, problems: Problem[]): readonly ("patient" | "technique")[] {
  const named = (text ?? "").split(",").filter((part) => part !== "");
  const known = named.filter((part): part is "patient" | "technique" => part === "patient" || part === "technique");
  if (known.length < named.length) {
    const message = "annotation is patient, technique, or both.";
    problems.push(incorrect("annotation-unknown", message, { where: "annotation" }));
  }
  return known;
}
