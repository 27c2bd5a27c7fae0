/** The functions that manifest.yml names, and nothing else. */
export { adminResolver } from './admin.ts';
export { onIssueEvent } from './issue-event.ts';
export { panelResolver } from './panel.ts';
export { onSchedule } from './schedule.ts';
export { onSync } from './sync.ts';
