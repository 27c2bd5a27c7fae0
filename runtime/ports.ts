/**
 * What the engine's shell asks of the outside, as interfaces: two systems, a store, a queue, a clock, a
 * log. Adapters implement them over Forge's packages; tests and the simulation run the very same ones
 * against the stand-ins. Deciding code never sees these.
 */
export * from './ports/failure.ts';
export * from './ports/jira.ts';
export * from './ports/memory.ts';
export * from './ports/queue.ts';
export * from './ports/salesforce.ts';
export * from './ports/store.ts';
