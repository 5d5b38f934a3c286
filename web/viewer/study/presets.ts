/** Windows by the tissue they are for, in the unit of the modality. */
export interface Preset {
  readonly name: string;
  readonly centre: number;
  readonly width: number;
}

/** Hounsfield units, as radiology departments commonly set them; keys 1 to 9 in this order. */
const computedTomography: readonly Preset[] = [
  { name: "Soft tissue", centre: 50, width: 400 },
  { name: "Lung", centre: -600, width: 1500 },
  { name: "Bone", centre: 400, width: 1800 },
  { name: "Brain", centre: 40, width: 80 },
  { name: "Abdomen", centre: 60, width: 350 },
  { name: "Liver", centre: 80, width: 150 },
  { name: "Mediastinum", centre: 40, width: 450 },
  { name: "Subdural", centre: 75, width: 250 },
  { name: "Angiography", centre: 300, width: 600 },
];

/** Those of a modality: only CT has values that mean the same on every machine. */
export function presetsOf(modality: string | undefined): readonly Preset[] {
  return modality === "CT" ? computedTomography : [];
}
