/** The control API of the sandbox: time, faults, the ledger, the program and the app's resolvers, as JSON. */
import { type Context, Hono } from 'hono';
import { durationMs } from './duration.ts';
import { type Fault, faultsInVain, faultsProblem } from './forge/faults.ts';
import type { Schedule } from './schedule.ts';
import type { ProgramFiles, World } from './world.ts';

export function createControl(world: World, schedule?: Schedule): Hono {
  const app = new Hono();
  /** What changes the world runs one after the other. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work, work);
    turn = next.catch(() => {});
    return next;
  };

  app.post('/cycle', async context => context.json(await inTurn(() => world.cycle())));
  app.post('/settle', async context => {
    await inTurn(() => world.settle());
    return context.json({ ok: true, now: world.clock.now() });
  });
  app.post('/clock', async context => {
    const { advance } = (await bodyOf(context)) as { advance?: unknown };
    const ms = durationMs(advance);
    if (ms === undefined) return context.json(problem('Send {"advance": "90s"}: a whole number and ms, s, m, h or d.'));
    await inTurn(async () => {
      if (world.clock.kind === 'manual') return world.clock.advance(ms);
      // Time that passes by itself does what is due in it: first what is at work, then what came due.
      await world.forge.drain();
      world.clock.advance(ms);
      await world.forge.drain();
      await schedule?.due();
    });
    return context.json({ ok: true, now: world.clock.now() });
  });

  app.get('/program', async context => context.json(await world.program()));
  app.put('/program', async context => {
    const { files } = (await bodyOf(context)) as { files?: unknown };
    if (!areFiles(files)) return context.json(problem('Send {"files": {"path": "text"}}.'));
    return context.json(await inTurn(() => world.saveProgram(files)));
  });
  app.post('/connect', async context => context.json(await inTurn(() => world.connect())));
  app.post('/reset', async context => {
    await inTurn(() => world.reset());
    return context.json({ ok: true });
  });
  app.post('/invoke', async context => {
    const call = (await bodyOf(context)) as Record<string, unknown>;
    if (call.module !== 'admin' && call.module !== 'panel') return context.json(problem('"module" is admin or panel.'));
    if (typeof call.function !== 'string') return context.json(problem('"function" is the name of a resolver.'));
    if (!world.users.some(user => user.accountId === call.accountId)) {
      return context.json(problem('"accountId" is the id of one of the demo users.'));
    }
    return context.json(
      await world.invoke({
        module: call.module,
        function: call.function,
        payload: call.payload ?? {},
        accountId: call.accountId as string,
        ...(typeof call.issueKey === 'string' ? { issueKey: call.issueKey } : {}),
      }),
    );
  });

  app.get('/state', async context => {
    const nextCycleAt = schedule?.nextAt();
    const struck = world.forge.faults.struck();
    return context.json({
      ...(await world.state()),
      world: world.id,
      struck,
      ...(nextCycleAt === undefined ? {} : { nextCycleAt }),
    });
  });
  app.get('/calls', context => {
    const last = Number(context.req.query('last') ?? Number.POSITIVE_INFINITY);
    return context.json(last > 0 ? world.forge.ledger.calls().slice(-last) : []);
  });
  app.delete('/calls', context => {
    world.forge.ledger.clear();
    return context.json({ ok: true });
  });
  app.get('/faults', context => context.json(world.forge.faults.list()));
  app.put('/faults', async context => {
    const faults = await bodyOf(context);
    const wrong = faultsProblem(faults);
    if (wrong !== undefined) return context.json(problem(wrong));
    world.forge.faults.put(faults as readonly Fault[]);
    const warnings = faultsInVain(faults as readonly Fault[]);
    return context.json({ ok: true, ...(warnings.length > 0 ? { warnings } : {}) });
  });

  app.get('/conditions', context => context.json(world.conditions.get()));
  app.put('/conditions', async context => {
    const wanted = await bodyOf(context);
    const wrong = await inTurn(async () => world.conditions.put(wanted));
    return context.json(wrong === undefined ? { ok: true } : problem(wrong));
  });
  app.post('/salesforce', async context => {
    const action = (await bodyOf(context)) as Record<string, unknown>;
    const wrong = await inTurn(async () => act(world, action));
    return context.json(wrong === undefined ? { ok: true } : problem(wrong));
  });
  app.post('/jira', async context => {
    const { move, ...rest } = (await bodyOf(context)) as Record<string, unknown>;
    const { issue, project, type } = (move ?? {}) as Record<string, unknown>;
    if (
      typeof issue !== 'string' ||
      typeof project !== 'string' ||
      typeof type !== 'string' ||
      Object.keys(rest).length
    )
      return context.json(problem('Send {"move": {"issue": key, "project": key, "type": name}}.'));
    try {
      return context.json({ ok: true, key: await inTurn(async () => world.jira.move(issue, { project, type })) });
    } catch (error) {
      return context.json(problem((error as Error).message));
    }
  });

  app.notFound(context =>
    context.json(problem(`The control API has no ${context.req.method} ${context.req.path}.`), 404),
  );
  app.onError((error, context) => context.json(problem(error.message, 'internal')));
  return app;
}

/** What in a real org takes Apex, SOAP, or another transaction that is open: the sentence is what is wrong with it. */
function act({ salesforce }: World, { commitLate, merge, undelete, ...rest }: Record<string, unknown>) {
  const usage =
    'Send {"commitLate": "2m"}, {"merge": {"winner": id, "losers": [id]}} or {"undelete": id}, one at a time.';
  const given = [commitLate, merge, undelete].filter(value => value !== undefined);
  if (given.length !== 1 || Object.keys(rest).length > 0) return usage;
  try {
    if (commitLate !== undefined) {
      const ms = durationMs(commitLate);
      if (ms === undefined) return usage;
      salesforce.commitLate(ms);
    } else if (undelete !== undefined) salesforce.undelete(String(undelete));
    else {
      const { winner, losers } = (merge ?? {}) as { winner?: unknown; losers?: unknown };
      if (typeof winner !== 'string' || !Array.isArray(losers)) return usage;
      salesforce.merge(winner, losers.map(String));
    }
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const problem = (message: string, code = 'invalid') => ({ ok: false, error: { code, message } });

async function bodyOf(context: Context): Promise<unknown> {
  const text = await context.req.text();
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

const areFiles = (value: unknown): value is ProgramFiles =>
  typeof value === 'object' && value !== null && Object.values(value).every(text => typeof text === 'string');
