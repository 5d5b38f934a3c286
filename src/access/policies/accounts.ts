import { machines } from "./groups.ts";
import { type Grantee, granted, type Policy } from "./policy.ts";

const readers: readonly Grantee[] = ["administrative-assistant", "clinical-coding-and-auditing", ...machines];
const keepers: readonly Grantee[] = ["administrative-assistant", "link"];

export const accounts: Policy = {
  name: "accounts",
  title: "Cover, charges and claims",
  layer: "fhir",
  kinds: [
    "Account",
    "ChargeItem",
    "Claim",
    "ClaimResponse",
    "Contract",
    "Coverage",
    "CoverageEligibilityRequest",
    "CoverageEligibilityResponse",
    "EnrollmentRequest",
    "EnrollmentResponse",
    "ExplanationOfBenefit",
    "Invoice",
    "PaymentNotice",
    "PaymentReconciliation",
  ],
  allow: granted({ readers, writers: keepers }),
};
