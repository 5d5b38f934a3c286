import type { ReactNode } from "react";
import type { FormKind } from "#departments/clinical/api";
import type { Json } from "#kernel";
import type { FileProblems } from "./form-problems.ts";

/** What every field of a form is given. */
export interface FieldProps<Kind> {
  readonly kind: Kind;
  readonly title: string;
  readonly help: string | undefined;
  readonly isRequired: boolean;
  /** `routes[0].when.types`, as problems name it. */
  readonly place: string;
  readonly value: Json | undefined;
  readonly around: FormAround;
  /** Undefined: the member is taken out of the file. */
  onChange(value: Json | undefined): void;
}

/** What the fields of one file share. */
export interface FormAround {
  readonly problems: FileProblems;
  /** Names of the destinations there are. */
  readonly destinations: readonly string[];
  /** The field of any kind: groups and lists hold fields themselves. */
  readonly Field: (props: FieldProps<FormKind>) => ReactNode;
}
