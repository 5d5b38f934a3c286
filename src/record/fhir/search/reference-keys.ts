import { narrowerThan, parseReference, sameValuesAs } from "#standards/fhir";
import type { Clause } from "../../documents/query.ts";

export interface Pointing {
  /** The type that holds the references. */
  readonly type: string;
  /** Reference parameters, of which any may hold them. */
  readonly parameters: readonly string[];
  /** `Patient/1` */
  readonly targets: readonly string[];
  /** The address of this server, under which its own resources may be referred to. */
  readonly base: string | undefined;
}

/** Documents that point at one of the targets, in every form in which they may have written it. */
export function pointingAt({ type, parameters, targets, base }: Pointing): Clause {
  const written = base === undefined ? targets : targets.flatMap((target) => [target, `${base}/${target}`]);
  const codes = [...new Set(parameters.flatMap((parameter) => sameValuesAs(type, parameter)))];
  const keys = codes.flatMap((code) => written.map((target) => `${holderOf(type, code, target)}=${target}`));
  return keys.length === 0 ? { is: "never" } : { is: "key", any: [...new Set(keys)] };
}

/** The parameter under which a reference stands: `patient` for those of `subject` that are to patients. */
function holderOf(type: string, code: string, target: string): string {
  const narrower = narrowerThan(type, code);
  return narrower !== undefined && parseReference(target)?.type === narrower.target ? narrower.code : code;
}
