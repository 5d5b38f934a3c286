import type { Result } from "#kernel";
import type { Actor } from "../actor.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import type { IssuedToken } from "../identity/issue-token.ts";
import type { StoredServiceAccount } from "./service-account.ts";
import { type ServiceUse, serviceUses } from "./service-account-use.ts";
import {
  addKey,
  addServiceAccount,
  changeServiceAccount,
  endKey,
  type KeyOrder,
  listServiceAccounts,
  type ServiceAccountChange,
  type ServiceAccountList,
  type ServiceAccountOrder,
} from "./service-accounts.ts";

/** See the functions of these names in `service-accounts.ts`. */
export interface ServiceAccounts {
  list(by: Actor): Promise<Result<ServiceAccountList>>;
  add(order: ServiceAccountOrder, by: Actor): Promise<Result<StoredServiceAccount>>;
  change(change: ServiceAccountChange, by: Actor): Promise<Result<StoredServiceAccount>>;
  addKey(order: KeyOrder, by: Actor): Promise<Result<IssuedToken>>;
  endKey(id: string, by: Actor): Promise<Result<undefined>>;
}

export function openServiceAccounts(needs: IdentityNeeds): ServiceAccounts {
  return {
    list: (by) => listServiceAccounts(needs, by),
    add: (order, by) => addServiceAccount(needs, order, by),
    change: (change, by) => changeServiceAccount(needs, change, by),
    addKey: (order, by) => addKey(needs, order, by),
    endKey: (id, by) => endKey(needs, id, by),
  };
}

export function isServiceUse(text: string): text is ServiceUse {
  return serviceUses.some((each) => each === text);
}
