/** A merge as an edge: whose numbers ceased, and who stays. References such as `Patient/7c…`. */
export interface Edge {
  readonly discarded: string;
  readonly survivor: string;
}

/**
 * Who is who after merges, as a forest: each discarded patient points at a survivor, which may have been merged on. A
 * chain collapses: whoever asks gets the patient at its end.
 */
export interface Forest {
  /** The patient that stands for this one by now: itself where it was not merged. */
  rootOf(patient: string): string;
  /** All that lead to this patient, itself not among them, in the order of the merges. */
  mergedInto(patient: string): readonly string[];
  readonly patients: readonly string[];
}

/** Of edges of which no two discard the same patient and none closes a ring. */
export function forestOf(edges: readonly Edge[]): Forest {
  const survivors = new Map(edges.map(({ discarded, survivor }) => [discarded, survivor]));
  const rootOf = (patient: string) => {
    let root = patient;
    for (let hops = 0; hops <= survivors.size; hops += 1) {
      const next = survivors.get(root);
      if (next === undefined) return root;
      root = next;
    }
    return root;
  };
  const passes = (from: string, through: string) => {
    let patient = survivors.get(from);
    for (let hops = 0; hops <= survivors.size && patient !== undefined; hops += 1) {
      if (patient === through) return true;
      patient = survivors.get(patient);
    }
    return false;
  };
  return {
    rootOf,
    mergedInto: (patient) => [...survivors.keys()].filter((each) => passes(each, patient)),
    patients: [...new Set(edges.flatMap(({ discarded, survivor }) => [discarded, survivor]))],
  };
}
