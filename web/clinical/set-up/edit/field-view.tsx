import type { FormKind } from "#departments/clinical/api";
import { EitherField } from "./either-field.tsx";
import type { FieldProps } from "./field-props.ts";
import { GroupField } from "./group-field.tsx";
import { ListField } from "./list-field.tsx";
import { ChoiceField, NumberField, TextField, YesOrNoField } from "./plain-fields.tsx";
import { TableField } from "./table-field.tsx";

/** The field that a setting of this kind is edited by. */
export function FieldView({ kind, ...given }: FieldProps<FormKind>) {
  switch (kind.is) {
    case "text":
      return <TextField kind={kind} {...given} />;
    case "number":
      return <NumberField kind={kind} {...given} />;
    case "yes-or-no":
      return <YesOrNoField kind={kind} {...given} />;
    case "choice":
      return <ChoiceField kind={kind} {...given} />;
    case "list":
      return <ListField kind={kind} {...given} />;
    case "table":
      return <TableField kind={kind} {...given} />;
    case "group":
      return <GroupField kind={kind} {...given} />;
    case "either":
      return <EitherField kind={kind} {...given} />;
  }
}
