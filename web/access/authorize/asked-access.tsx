import { Checkbox } from "@mantine/core";
import type { AuthorizationRequestView } from "#access/api";

interface AskedAccessProps {
  readonly asked: AuthorizationRequestView;
  readonly chosen: readonly string[];
  onChoose(scopes: readonly string[]): void;
}

const keeping: Readonly<Record<AuthorizationRequestView["keeps"], string>> = {
  once: "Its access ends after an hour, or when you sign out of Corridor.",
  online: "It keeps access until you sign out of Corridor.",
  offline: "It keeps access for 90 days, also while you are away, until you take it back under My account.",
};

/** Who asks whom for what. Each thing can be left out. */
export function AskedAccess({ asked, chosen, onChoose }: AskedAccessProps) {
  const { application, scopes, person, patient } = asked;
  return (
    <>
      <p className="authorize-who">
        {application.purpose === "" ? null : <>{application.purpose}. </>}
        From <strong>{application.owner}</strong>, at {application.host}. You are signed in as <strong>{person}</strong>
        .
      </p>
      {patient === undefined ? null : (
        <p className="authorize-patient">
          Patient: <strong>{patient.name}</strong>
        </p>
      )}
      <fieldset className="authorize-scopes">
        <legend>This application wants to</legend>
        {asked.identifies ? <p className="authorize-fixed">Learn who you are</p> : null}
        <Checkbox.Group value={[...chosen]} onChange={onChoose}>
          {scopes.map(({ text, sentence, changes }) => (
            <Checkbox
              key={text}
              value={text}
              label={sentence}
              {...(changes ? { description: "This changes the record." } : {})}
              size="sm"
            />
          ))}
        </Checkbox.Group>
      </fieldset>
      <p className="outside-advice">
        It never sees more than you may see yourself, and everything it does is recorded under your name.{" "}
        {keeping[asked.keeps]}
      </p>
    </>
  );
}
