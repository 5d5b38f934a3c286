import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useEffect, useState } from "react";
import { type Address, readAddress, writeAddress } from "./query-text.ts";

interface RequestLineProps extends Address {
  onRun(address: Address): void;
}

/** What is asked, as a program would ask it. Whoever knows FHIR may write it. */
export function RequestLine({ type, query, onRun }: RequestLineProps) {
  const written = writeAddress({ type, query });
  const [text, setText] = useState(written);
  const [isWrong, setWrong] = useState(false);
  useEffect(() => {
    setText(written);
    setWrong(false);
  }, [written]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const address = readAddress(text);
    setWrong(address === undefined);
    if (address !== undefined) onRun(address);
  };
  return (
    <form className="request-line" onSubmit={submit}>
      <TextInput
        className="request-line-text"
        label="Request"
        spellCheck={false}
        autoComplete="off"
        value={text}
        error={isWrong ? "An address begins with a type: /fhir/Patient?name=…" : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" className="request-line-run">
        Send
      </Button>
    </form>
  );
}
