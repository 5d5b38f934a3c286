/** An ellipse of a slice, in millimetres: `x` to the patient's left, `y` to the back. */
export interface Section {
  readonly x: number;
  readonly y: number;
  readonly halfX: number;
  readonly halfY: number;
  /** Radians, from left to back. */
  readonly turn?: number;
  /** Of a superellipse that is not turned: 2 is an ellipse, more is squarer. */
  readonly power?: number;
}

/** A piece of anatomy: what it shows as, and where it is cut at each height. Later pieces cover earlier ones. */
export interface Solid {
  /** Hounsfield units, or the number of a tissue. */
  readonly value: number;
  readonly bottom: number;
  readonly top: number;
  /** Covers only what shows as a value from here to there: vessels stay within lungs. */
  readonly onto?: readonly [low: number, high: number];
  /** Undefined where the height does not cut it. */
  sectionAt(z: number): Section | undefined;
}

export type Point = readonly [x: number, y: number, z: number];

export interface Look {
  readonly value: number;
  readonly turn?: number;
  readonly onto?: readonly [low: number, high: number];
}

export function ellipsoid([x, y, z]: Point, [halfX, halfY, halfZ]: Point, look: Look): Solid {
  const { value, turn = 0, onto } = look;
  return {
    value,
    ...(onto === undefined ? {} : { onto }),
    bottom: z - halfZ,
    top: z + halfZ,
    sectionAt(height) {
      const part = (height - z) / halfZ;
      const rest = 1 - part * part;
      if (rest <= 0) return undefined;
      const share = Math.sqrt(rest);
      return { x, y, halfX: halfX * share, halfY: halfY * share, turn };
    },
  };
}

export function ball(centre: Point, radius: number, look: Look): Solid {
  return ellipsoid(centre, [radius, radius, radius], look);
}

/** One height of something that goes from bottom to top. */
export interface Level extends Section {
  readonly z: number;
}

/** Between the levels, which go upwards, everything changes evenly. */
export function upright(levels: readonly Level[], look: Look): Solid {
  const bottom = levels[0]?.z ?? 0;
  const top = levels.at(-1)?.z ?? 0;
  return {
    value: look.value,
    ...(look.onto === undefined ? {} : { onto: look.onto }),
    bottom,
    top,
    sectionAt(z) {
      const above = levels.findIndex((level) => level.z >= z);
      const [high, low] = [levels[above], levels[Math.max(0, above - 1)]];
      if (high === undefined || low === undefined || z < bottom) return undefined;
      const part = high.z === low.z ? 0 : (z - low.z) / (high.z - low.z);
      const of = (key: "x" | "y" | "halfX" | "halfY") => low[key] + (high[key] - low[key]) * part;
      const { turn = 0, power = 2 } = low;
      return { x: of("x"), y: of("y"), halfX: of("halfX"), halfY: of("halfY"), turn, power };
    },
  };
}

/** Balls along a path, near enough to each other to be a tube; the radius changes evenly from the first point to the last. */
export function tube(path: readonly Point[], [first, last]: readonly [number, number], look: Look): readonly Solid[] {
  const solids: Solid[] = [];
  const legs = path.length - 1;
  for (let leg = 0; leg < legs; leg += 1) {
    const from = path[leg] as Point;
    const to = path[leg + 1] as Point;
    const count = Math.max(1, Math.ceil(distance(from, to) / (0.45 * Math.min(first, last) + 0.3)));
    for (let step = 0; step < count; step += 1) {
      const part = step / count;
      solids.push(ball(along(from, to, part), first + ((last - first) * (leg + part)) / legs, look));
    }
  }
  return solids;
}

export function along(from: Point, to: Point, part: number): Point {
  return [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part, from[2] + (to[2] - from[2]) * part];
}

function distance(from: Point, to: Point): number {
  return Math.hypot(to[0] - from[0], to[1] - from[1], to[2] - from[2]);
}
