import { z } from "zod";

/** What an account is linked to, so that it is known whose patients its owner cares for. */
export const caringSchema = z.object({
  /** Who they are in the directory: `Practitioner/1`. */
  practitioner: z
    .string()
    .regex(/^Practitioner\/[A-Za-z0-9\-.]{1,64}$/)
    .optional(),
  /** Where they work: `Location/1`. */
  wards: z
    .array(z.string().regex(/^Location\/[A-Za-z0-9\-.]{1,64}$/))
    .max(50)
    .optional(),
  /** `CareTeam/1`, or `Organization/1` of a team that visits and orders name. */
  teams: z
    .array(z.string().regex(/^(CareTeam|Organization)\/[A-Za-z0-9\-.]{1,64}$/))
    .max(50)
    .optional(),
});

export type Caring = Readonly<z.infer<typeof caringSchema>>;
