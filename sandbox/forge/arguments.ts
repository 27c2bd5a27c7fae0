/** What Forge hands to a function of each kind, in the shapes that reach a handler. */
import type { ProductEvent, ResolverCall } from './host-types.ts';
import { type Chain, environmentOf, installContext, type Licence, site } from './invocation.ts';
import type { ManifestTrigger } from './manifest.ts';
import type { QueueJob } from './queue.ts';

export interface EventWork {
  readonly kind: 'event';
  readonly trigger: ManifestTrigger;
  readonly event: ProductEvent;
  readonly chain: Chain;
  readonly retryContext?: { readonly retryCount: number; readonly retryReason: string; readonly retryData?: unknown };
}
export interface JobWork {
  readonly kind: 'job';
  readonly job: QueueJob;
}
export type Work = EventWork | JobWork;

export const jobArguments = (job: QueueJob): readonly unknown[] => [
  {
    body: structuredClone(job.body),
    queueName: job.queueName,
    jobId: job.jobId,
    eventId: job.eventId,
    ...(job.retry ? { retryContext: job.retry } : {}),
  },
  { installContext },
];

export const eventArguments = ({ event, trigger, retryContext }: EventWork): readonly unknown[] => [
  {
    ...structuredClone(event),
    context: { cloudId: site.cloudId, moduleKey: trigger.key },
    ...(retryContext ? { retryContext } : {}),
  },
  {
    installContext,
    principal: event.atlassianId === undefined ? undefined : { accountId: event.atlassianId },
  },
];

export const scheduleArguments = (moduleKey: string): readonly unknown[] => [
  { context: { cloudId: site.cloudId, moduleKey }, contextToken: '' },
  { principal: undefined, installContext },
];

interface Page {
  readonly type: string;
  readonly moduleKey: string;
  readonly siteUrl: string;
  readonly licence: Licence;
}

export const resolverArguments = (
  call: ResolverCall,
  { type, moduleKey, siteUrl, licence }: Page,
): readonly unknown[] => [
  {
    call: { functionKey: call.function, payload: structuredClone(call.payload ?? {}) },
    context: {
      cloudId: site.cloudId,
      moduleKey,
      environmentId: site.environmentId,
      environmentType: environmentOf(licence),
      siteUrl,
      extension: { type, ...call.extension },
    },
  },
  {
    principal: { accountId: call.accountId },
    installContext,
    license: licence,
    installation: { ari: { installationId: site.installationId } },
  },
];
