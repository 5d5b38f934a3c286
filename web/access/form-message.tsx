import type { ReactNode } from "react";
import { Icon } from "../parts/icon/icon.tsx";
import { RequestFailed } from "../parts/request/request-failed.ts";

/** Why a form was not taken, in the server's own sentence; read out as soon as it appears. */
export function FormFailure({ error }: { readonly error: unknown }) {
  if (error === null || error === undefined) return null;
  const message = error instanceof RequestFailed ? error.problem.message : "That did not work. Try again.";
  return (
    <p className="outside-message" role="alert">
      <Icon name="alert" size={17} />
      <span>{message}</span>
    </p>
  );
}

export function FormNote({ children }: { readonly children: ReactNode }) {
  return (
    <p className="outside-message" data-tone="plain" role="status">
      <Icon name="about" size={17} />
      <span>{children}</span>
    </p>
  );
}
