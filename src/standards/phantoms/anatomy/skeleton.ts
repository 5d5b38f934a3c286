import { ball, ellipsoid, type Level, type Point, type Solid, tube, upright } from "../solid.ts";
import { type Build, ribEllipse, tissue } from "./wall.ts";

const bone = { value: tissue.bone };
const marrow = { value: tissue.marrow };
/** From the middle of one vertebra to that of the next. */
const vertebraMm = 29;
const spineY = 50;

/** Spine, ribs, breastbone, collar bones, shoulder blades and the wings of the pelvis. */
export function skeletonSolids(build: Build): readonly Solid[] {
  return [
    ...spine(),
    ...Array.from({ length: 12 }, (_, rib) => [-1, 1].flatMap((side) => ribOf(build, rib, side))).flat(),
    ...breastbone(build),
    ...[-1, 1].flatMap((side) => shoulder(side)),
    ...[-1, 1].flatMap((side) => pelvis(side)),
  ];
}

function spine(): readonly Solid[] {
  const solids: Solid[] = [column(18, 15, { value: 95 })];
  for (let z = -290; z < 260; z += vertebraMm) {
    const levels = (halfX: number, halfY: number, y = spineY): readonly Level[] =>
      [z - 12, z - 8, z, z + 8, z + 12].map((height, at) => {
        const waist = at === 2 ? 0.92 : 1;
        return { z: height, x: 0, y, halfX: halfX * waist, halfY: halfY * waist, power: 2.3 };
      });
    solids.push(
      upright(levels(21, 16.5), bone),
      upright(levels(19, 14.5), marrow),
      ellipsoid([0, spineY + 26, z], [36, 5, 7], { value: 380 }),
      ellipsoid([0, spineY + 38, z - 6], [3.5, 13, 9], { value: 400 }),
      upright(levels(14, 12, spineY + 25), bone),
    );
  }
  return [...solids, column(10, 8, { value: 28 }, spineY + 25), column(5.5, 4.5, { value: 48 }, spineY + 25)];
}

function column(halfX: number, halfY: number, look: { value: number }, y = spineY): Solid {
  return upright(
    [-300, 260].map((z) => ({ z, x: 0, y, halfX, halfY })),
    look,
  );
}

/** From the spine around the chest, downwards to the front; the last two end at the side. */
function ribOf(build: Build, rib: number, side: number): readonly Solid[] {
  const fromZ = 205 - rib * 25;
  const dropMm = 38 + rib * 3.2;
  const reach = rib >= 10 ? 0.5 : rib >= 7 ? 0.8 : 0.93;
  const path = Array.from({ length: 90 }, (_, at): Point => {
    const angle = 0.14 + (at / 89) * (Math.PI * reach - 0.14);
    const z = fromZ - (dropMm * (1 - Math.cos(angle))) / 2;
    const narrow = rib === 0 ? 0.62 : rib === 1 ? 0.82 : 1;
    const { halfX, halfY } = ribEllipse(build, z);
    return [side * halfX * narrow * Math.sin(angle), halfY * narrow * Math.cos(angle), z];
  });
  const shell = path.map((point) => ellipsoid(point, [4.4, 4.4, 6.2], bone));
  return [...shell, ...path.map((point) => ellipsoid(point, [2.4, 2.4, 4], marrow))];
}

function breastbone(build: Build): readonly Solid[] {
  const levels = (thinner: number): readonly Level[] =>
    [40, 60, 120, 160, 172].map((z, at) => ({
      z,
      x: 0,
      y: -ribEllipse(build, z).halfY + 2,
      halfX: [5, 16, 14, 20, 24].map((half) => half - thinner)[at] ?? 10,
      halfY: 6.5 - thinner,
    }));
  return [upright(levels(0), bone), upright(levels(2), marrow)];
}

function shoulder(side: number): readonly Solid[] {
  const collar: readonly Point[] = [
    [side * 22, -74, 176],
    [side * 70, -66, 190],
    [side * 110, -30, 200],
    [side * 150, -2, 204],
  ];
  const blade = [60, 90, 140, 190, 206].map((z, at) => ({
    z,
    x: side * (118 - at * 2),
    y: 70 - at * 5,
    halfX: [4, 30, 44, 46, 20][at] ?? 20,
    halfY: 4,
    turn: side * -0.62,
  }));
  return [
    upright(blade, { value: 430 }),
    ball([side * 158, 8, 190], 23, bone),
    ball([side * 158, 8, 190], 20, marrow),
    ...tube(collar, [6, 6.5], bone),
    ...tube(collar, [3.4, 4], marrow),
  ];
}

function pelvis(side: number): readonly Solid[] {
  const wing = (halfX: number, halfY: number): readonly Level[] =>
    [-300, -260, -215, -198].map((z, at) => ({
      z,
      x: side * (82 + at * 9),
      y: 34 - at * 6,
      halfX: halfX * ([1, 1.1, 1.15, 0.5][at] ?? 1),
      halfY,
      turn: side * -0.9,
    }));
  return [
    upright(wing(46, 9), bone),
    upright(wing(43, 6.5), marrow),
    ellipsoid([side * 24, 66, -275], [30, 20, 40], bone),
    ellipsoid([side * 24, 66, -275], [27, 17, 37], marrow),
  ];
}
