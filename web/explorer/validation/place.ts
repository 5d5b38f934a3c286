/** Where an element stands in a written resource, with what is inside it by name and by place in a list (`0`). */
export interface Place {
  /** Counting from 1. */
  readonly line: number;
  readonly inside: Map<string, Place>;
}

/**
 * The line of what a FHIRPath expression of a problem names, such as `Patient.name[0].given[1]`; of the innermost element
 * around it where it is not there itself.
 */
export function lineOf(root: Place, expression: string): number {
  let place = root;
  for (const step of stepsOf(expression)) {
    const next = inside(place, step);
    if (next === undefined) break;
    place = next;
  }
  return listItem(place).line;
}

/** Names and indexes behind the type; `ofType(…)` and comments say nothing of the place. */
function stepsOf(expression: string): readonly string[] {
  const plain = expression.replaceAll(/\/\*.*?\*\//g, "").replaceAll(/\.(?:ofType|as)\([^)]*\)/g, "");
  const [, ...steps] = plain.replaceAll(/\[(\d+)\]/g, ".$1").split(".");
  return steps.filter((step) => step !== "");
}

function inside(place: Place, step: string): Place | undefined {
  if (/^\d+$/.test(step)) return place.inside.get(step) ?? (step === "0" ? place : undefined);
  const holder = listItem(place);
  const name = step.replace(/\[x\]$/, "");
  const exact = holder.inside.get(name);
  if (exact !== undefined) return exact;
  const choice = [...holder.inside.keys()].find((key) => key.startsWith(name) && /^[A-Z]/.test(key.slice(name.length)));
  return choice === undefined ? undefined : holder.inside.get(choice);
}

/** An expression may leave out the index of a list with one item. */
function listItem(place: Place): Place {
  return place.inside.get("0") ?? place;
}

/** Lines of a text by offset. */
export function lineCounter(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}
