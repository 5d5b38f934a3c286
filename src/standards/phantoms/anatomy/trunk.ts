import { chanceOf, seedFrom } from "../chance.ts";
import { type Anatomy, anatomyOf } from "../paint.ts";
import { abdomenSolids } from "./abdomen.ts";
import { chestSolids, type Finding, findingSolids } from "./chest.ts";
import { skeletonSolids } from "./skeleton.ts";
import { wallSolids } from "./wall.ts";

export interface TrunkOf {
  readonly seed: number;
  /** Radiographs show no table. */
  readonly isOnTable?: boolean;
  readonly findings?: readonly Finding[];
}

/** A trunk from hips to neck, in Hounsfield units: height 0 is the dome of the diaphragm, 260 the neck, -300 the hips. */
export function trunkOf({ seed, isOnTable = true, findings = [] }: TrunkOf): Anatomy {
  const chance = chanceOf(seedFrom(seed, "trunk"));
  const build = { size: 0.96 + chance() * 0.1, isOnTable };
  return anatomyOf([
    ...wallSolids(build),
    ...chestSolids(chance),
    ...abdomenSolids(chance),
    ...skeletonSolids(build),
    ...findings.flatMap((finding) => findingSolids(finding, chance)),
  ]);
}
