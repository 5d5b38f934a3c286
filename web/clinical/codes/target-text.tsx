import type { TargetCode } from "#departments/clinical/api";
import { systemName } from "./code-words.ts";

/** `Potassium [Moles/volume] in Serum or Plasma`, and below it `LOINC 2823-3`. */
export function TargetText({ target }: { readonly target: TargetCode }) {
  return (
    <>
      {target.display === undefined || target.display === target.code ? null : (
        <span className="code-target">{target.display}</span>
      )}
      <span className="code-target-code tabular">
        {systemName(target.system)} {target.code}
      </span>
    </>
  );
}
