import { Button, Radio, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { type BreakGlassBody, type ClaimBody, claimReasons, glassReasons } from "#access/api";
import { FormFailure } from "../../../access/form-message.tsx";
import { announce } from "../../../parts/announcer/announcement.ts";
import { useOpening } from "./refused-queries.ts";

/** As the server asks of who breaks a glass. */
const textMin = 10;

interface OpenFormProps {
  readonly patient: string;
  readonly way: "claim" | "glass";
  onBack(): void;
}

/** Why the chart is to be opened. What is said here is read by the privacy officer. */
export function OpenForm({ patient, way, onBack }: OpenFormProps) {
  const reasons: Readonly<Record<string, string>> = way === "claim" ? claimReasons : glassReasons;
  const [code, setCode] = useState("");
  const [text, setText] = useState("");
  const opening = useOpening();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const reason = { code, text: text.trim() };
    const onSuccess = () => announce("The chart is open.");
    if (way === "claim") opening.mutate({ by: "claim", body: { patient, reason } as ClaimBody }, { onSuccess });
    else opening.mutate({ by: "glass", body: { patient, reason } as BreakGlassBody }, { onSuccess });
  };
  const isShort = way === "glass" && text.trim().length < textMin;
  return (
    <form className="refused-chart-form" onSubmit={submit}>
      <Radio.Group
        label={way === "claim" ? "Why you need the chart" : "Why the glass must be broken"}
        value={code}
        onChange={setCode}
      >
        <div className="refused-chart-reasons">
          {Object.entries(reasons).map(([value, label], at) => (
            <Radio key={value} value={value} label={label} autoFocus={at === 0} />
          ))}
        </div>
      </Radio.Group>
      <Textarea
        label={way === "claim" ? "More, if it helps" : "In your own words"}
        description={
          way === "claim"
            ? "Opens the chart for 24 hours. The privacy officer may ask you about it."
            : "Opens everything for 4 hours. The privacy officer is told at once, and reads this."
        }
        value={text}
        maxLength={2_000}
        autosize
        minRows={3}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <FormFailure error={opening.error} />
      <div className="refused-chart-ways">
        <Button
          type="submit"
          {...(way === "glass" ? { color: "red.9" } : {})}
          loading={opening.isPending}
          disabled={code === "" || isShort}
        >
          {way === "claim" ? "Open the chart" : "Break the glass and open"}
        </Button>
        <Button variant="default" onClick={onBack}>
          Back
        </Button>
      </div>
    </form>
  );
}
