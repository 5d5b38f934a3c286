import { useEffect, useRef, useState } from "react";
import type { Me, SecondStepView } from "#access/api";
import { sendJson } from "../parts/request/request.ts";
import { FormFailure } from "./form-message.tsx";
import { OutsidePage } from "./outside-page.tsx";
import { takeBack } from "./outside-sign-in.tsx";
import { SecondStep } from "./second-step.tsx";
import { useSignIn } from "./use-sign-in.ts";

/** Where the hospital's provider sends the browser back to: its answer is handed in, once, and leads into the app. */
export function OutsideReturnPage() {
  const [back] = useState(takeBack);
  const { request, step } = useSignIn(
    (answer: string) => sendJson<Me | SecondStepView>("POST", "/api/access/outside/finish", { answer }),
    back,
  );
  const handed = useRef(false);
  const { mutate } = request;
  useEffect(() => {
    if (handed.current) return;
    handed.current = true;
    const answer = window.location.search.slice(1);
    // An answer works once: it should not stay in the address.
    window.history.replaceState(window.history.state, "", window.location.pathname);
    mutate(answer === "" ? "none" : answer);
  }, [mutate]);
  const again = () => window.location.assign("/sign-in");
  if (step !== undefined)
    return (
      <OutsidePage title="Second step">
        <SecondStep step={step} back={back} onAgain={again} />
      </OutsidePage>
    );
  return (
    <OutsidePage title={request.error === null ? "Signing you in" : "You are not signed in"}>
      <FormFailure error={request.error} />
      {request.error === null ? (
        <p className="outside-advice" role="status">
          One moment.
        </p>
      ) : (
        <a href="/sign-in">Back to signing in</a>
      )}
    </OutsidePage>
  );
}
