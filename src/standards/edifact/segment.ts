/** One segment with its values, the release characters taken out. */
export interface EdifactSegment {
  readonly tag: string;
  /** Its place among those of its tag in its message: `RSL[3]`; in the interchange around them: `UNB[1]`. */
  readonly where: string;
  /** Data elements from 1 on, each with its components; element 0 is the tag. */
  readonly elements: readonly (readonly string[])[];
}

/** A value with where it stands. */
export interface SegmentValue {
  /** `RSL[3]-2.1` */
  readonly where: string;
  readonly element: number;
  readonly component: number;
  readonly value: string;
}

/** The value of a component, counted from 1 without the tag; undefined where it is empty or absent. */
export function valueAt({ elements }: EdifactSegment, element: number, component = 1): string | undefined {
  const value = elements[element]?.[component - 1] ?? "";
  return value.trim() === "" ? undefined : value;
}

/** Every value that is there, in order. */
export function valuesOf({ elements, where }: EdifactSegment): readonly SegmentValue[] {
  return elements.slice(1).flatMap((components, at) =>
    components.flatMap((value, index): readonly SegmentValue[] => {
      if (value.trim() === "") return [];
      const [element, component] = [at + 1, index + 1];
      return [{ where: `${where}-${element}.${component}`, element, component, value }];
    }),
  );
}
