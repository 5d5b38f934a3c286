import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { AccountView } from "#access/api";
import { Icon } from "../parts/icon/icon.tsx";
import { Loaded } from "../parts/state-panel/loaded.tsx";
import { useMe } from "../shell/session/session.ts";
import { accountQuery } from "./account-queries.ts";
import { ApplicationsSection } from "./applications-section.tsx";
import { AuthenticatorSection } from "./authenticator-section.tsx";
import { NewCodes } from "./new-codes.tsx";
import { OutsideSection } from "./outside-section.tsx";
import { PasskeySection } from "./passkey-section.tsx";
import { RecoverySection } from "./recovery-section.tsx";
import { SessionSection } from "./session-section.tsx";
import "./account.css";

/** How one signs in, and where one is signed in. */
export function AccountPage() {
  const account = useQuery(accountQuery);
  const [codes, setCodes] = useState<readonly string[] | undefined>(undefined);
  const mustSetUp = useMe()?.mustSetUpSecondFactor === true;
  return (
    <div className="page account">
      <div className="page-head">
        <h1>My account</h1>
      </div>
      {mustSetUp ? (
        <p className="account-must" role="status">
          <Icon name="key" size={18} />
          <span>
            <strong>Your roles need a second factor.</strong> Set up an authenticator app or a passkey; then you can go
            on.
          </span>
        </p>
      ) : null}
      {codes === undefined ? null : <NewCodes codes={codes} onClose={() => setCodes(undefined)} />}
      <Loaded query={account} label="Loading your account" rows={6}>
        {(view) => <Sections account={view} onCodes={setCodes} />}
      </Loaded>
    </div>
  );
}

interface SectionsProps {
  readonly account: AccountView;
  onCodes(codes: readonly string[]): void;
}

function Sections({ account, onCodes }: SectionsProps) {
  const hasFactor = account.totpSince !== undefined || account.passkeys.length > 0;
  return (
    <>
      <section className="account-section" aria-labelledby="account-password">
        <h2 id="account-password">Password</h2>
        <p>
          {account.display} signs in as <strong>{account.username}</strong>.{" "}
          {account.hasPassword ? (
            <>
              <Link to="/set-password">Change the password</Link>, which ends all other sessions.
            </>
          ) : (
            "The account has no password."
          )}
        </p>
      </section>
      <OutsideSection account={account} />
      <AuthenticatorSection account={account} onCodes={onCodes} />
      <PasskeySection account={account} onCodes={onCodes} />
      {hasFactor ? <RecoverySection left={account.recoveryCodesLeft} onCodes={onCodes} /> : null}
      <ApplicationsSection />
      <SessionSection />
    </>
  );
}
