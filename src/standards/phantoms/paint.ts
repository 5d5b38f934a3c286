import type { Section, Solid } from "./solid.ts";

/** Where the pixels of a slice are, in millimetres from the middle of the body. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly columnMm: number;
  readonly rowMm: number;
}

/** Solids by height, so that a slice looks only at those that it may cut. */
export interface Anatomy {
  /** In the order of painting. */
  near(z: number): readonly Solid[];
}

const bandMm = 4;

export function anatomyOf(solids: readonly Solid[]): Anatomy {
  const bands = new Map<number, Solid[]>();
  for (const solid of solids) {
    for (let band = bandOf(solid.bottom); band <= bandOf(solid.top); band += 1) {
      const near = bands.get(band);
      if (near === undefined) bands.set(band, [solid]);
      else near.push(solid);
    }
  }
  return { near: (z) => bands.get(bandOf(z)) ?? [] };
}

function bandOf(z: number): number {
  return Math.floor(z / bandMm);
}

/** The slice at this height; what no solid covers stays as it is. */
export function paintSlice(pixels: Float32Array, grid: Grid, { anatomy, z }: { anatomy: Anatomy; z: number }): void {
  for (const solid of anatomy.near(z)) {
    const section = solid.sectionAt(z);
    if (section !== undefined) paintSection(pixels, grid, { section, solid });
  }
}

function paintSection(pixels: Float32Array, grid: Grid, cut: { section: Section; solid: Solid }): void {
  const { section, solid } = cut;
  const { columns, rows, columnMm, rowMm } = grid;
  const reach = Math.max(section.halfX, section.halfY);
  const middleRow = (rows - 1) / 2;
  const middleColumn = (columns - 1) / 2;
  const firstRow = Math.max(0, Math.ceil((section.y - reach) / rowMm + middleRow));
  const lastRow = Math.min(rows - 1, Math.floor((section.y + reach) / rowMm + middleRow));
  for (let row = firstRow; row <= lastRow; row += 1) {
    const y = (row - middleRow) * rowMm - section.y;
    const [centre, half] = spanOf(section, y);
    if (half <= 0) continue;
    const first = Math.max(0, Math.ceil((section.x + centre - half) / columnMm + middleColumn));
    const last = Math.min(columns - 1, Math.floor((section.x + centre + half) / columnMm + middleColumn));
    const start = row * columns;
    if (solid.onto === undefined) pixels.fill(solid.value, start + first, start + last + 1);
    else paintOnto(pixels, { from: start + first, to: start + last, solid, onto: solid.onto });
  }
}

/** The middle and half of the length of the ellipse's line at `y`; no length where it does not reach. */
function spanOf({ halfX, halfY, turn = 0, power = 2 }: Section, y: number): readonly [centre: number, half: number] {
  if (turn === 0) {
    const rest = 1 - Math.abs(y / halfY) ** power;
    return rest <= 0 ? [0, 0] : [0, halfX * rest ** (1 / power)];
  }
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  const a = (cos / halfX) ** 2 + (sin / halfY) ** 2;
  const b = 2 * sin * cos * (1 / halfX ** 2 - 1 / halfY ** 2) * y;
  const c = ((sin / halfX) ** 2 + (cos / halfY) ** 2) * y * y - 1;
  const inner = b * b - 4 * a * c;
  return inner <= 0 ? [0, 0] : [-b / (2 * a), Math.sqrt(inner) / (2 * a)];
}

interface Covering {
  readonly from: number;
  readonly to: number;
  readonly solid: Solid;
  readonly onto: readonly [low: number, high: number];
}

function paintOnto(pixels: Float32Array, { from, to, solid, onto: [low, high] }: Covering): void {
  for (let at = from; at <= to; at += 1) {
    const here = pixels[at] as number;
    if (here >= low && here <= high) pixels[at] = solid.value;
  }
}
