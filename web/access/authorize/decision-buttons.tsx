import { Button } from "@mantine/core";

interface DecisionButtonsProps {
  readonly pending: boolean;
  readonly needsPatient: boolean;
  onRefuse(): void;
}

export function DecisionButtons({ pending, needsPatient, onRefuse }: DecisionButtonsProps) {
  return (
    <>
      {needsPatient ? (
        <p className="outside-advice" id="authorize-why-not">
          Choose a patient first.
        </p>
      ) : null}
      <div className="authorize-buttons">
        <Button
          type="submit"
          loading={pending}
          disabled={needsPatient}
          {...(needsPatient ? { "aria-describedby": "authorize-why-not" } : {})}
        >
          Let it in
        </Button>
        <Button variant="default" disabled={pending} onClick={onRefuse}>
          Do not let it in
        </Button>
      </div>
    </>
  );
}
