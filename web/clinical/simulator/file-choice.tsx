import { Input } from "@mantine/core";
import { useId } from "react";

interface FileChoiceProps {
  readonly label: string;
  readonly description: string;
  onChoose(files: readonly File[]): void;
}

/** The browser's own choice of files: it needs no explaining, and works by keyboard. */
export function FileChoice({ label, description, onChoose }: FileChoiceProps) {
  const id = useId();
  return (
    <Input.Wrapper id={id} label={label} description={description}>
      <input
        id={id}
        className="simulator-files"
        type="file"
        multiple
        aria-describedby={`${id}-description`}
        onChange={(event) => onChoose([...(event.currentTarget.files ?? [])])}
      />
    </Input.Wrapper>
  );
}
