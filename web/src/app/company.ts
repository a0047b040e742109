import { createContext, useContext } from 'solid-js';

export interface CurrentCompany {
  /** As in the address, upper case. */
  readonly prefix: string;
  /** Known once the frame's query is answered; pages that ask by prefix need not wait for it. */
  readonly id: string | undefined;
  readonly name: string | undefined;
  /** An archived company can be read and not changed. */
  readonly archived: boolean;
}

export const CompanyContext = createContext<CurrentCompany>();

/** The company whose pages these are. */
export function useCompany(): CurrentCompany {
  const company = useContext(CompanyContext);
  if (!company) throw new Error('useCompany outside of a company page');
  return company;
}

/** Where things are. Every link in the board is built here. */
export const paths = {
  company: (prefix: string) => `/${prefix}`,
  issues: (prefix: string) => `/${prefix}/issues`,
  issue: (identifier: string) => `/${identifier.slice(0, identifier.lastIndexOf('-'))}/issues/${identifier}`,
  agents: (prefix: string) => `/${prefix}/agents`,
  agent: (prefix: string, id: string) => `/${prefix}/agents/${id}`,
  /** By its number, as people call it; by its id where that alone is known. */
  run: (prefix: string, run: number | string) => `/${prefix}/runs/${run}`,
  inbox: (prefix: string) => `/${prefix}/inbox`,
  approvals: (prefix: string) => `/${prefix}/approvals`,
  approval: (prefix: string, id: string) => `/${prefix}/approvals/${id}`,
  costs: (prefix: string) => `/${prefix}/costs`,
  budgets: (prefix: string) => `/${prefix}/costs?view=budgets`,
  activity: (prefix: string) => `/${prefix}/activity`,
  settings: (prefix: string) => `/${prefix}/settings`,
  project: (prefix: string, id: string) => `/${prefix}/issues?project=${id}`,
};

const LAST = 'boardroom.lastCompany';

/** Where `/` leads next time. */
export function rememberCompany(prefix: string): void {
  try {
    localStorage.setItem(LAST, prefix);
  } catch {
    // Then `/` leads to the list of companies.
  }
}

export function lastCompany(): string | null {
  try {
    return localStorage.getItem(LAST);
  } catch {
    return null;
  }
}
