/** The ids of what is in the tenant before anything of the world: the MSP, and who acts for programs. */

/** The MSP itself. */
export const ownCompany = 0;
/** Workflow rules write as this one. */
export const systemResource = 4;
/** The API-only user that the credentials belong to. */
export const apiResource = 29_682_885;
