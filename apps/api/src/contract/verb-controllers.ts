import {
  type CONTENT_FILES,
  type ExportName,
  ROUTES,
  type Route,
  type RouteName,
  type SECURITY_ROUTES,
  type SESSION_ROUTES,
} from '@postern/admin-contract';
import { verbs, type Context } from '@postern/administration';
import { Controller, HttpCode, Inject, Req, RequestMapping, RequestMethod, Res, type Type } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { API_PARTS, type ApiParts } from '../api-parts.ts';
import { ServedRoute } from '../gate/gate.guard.ts';
import { actorOf, type ApiRequest } from '../gate/request.ts';
import { serveVerb, type AnyVerb, type Shows } from '../requests/serve-verb.ts';

/** Routes that are about HTTP itself, and have a controller of their own. */
type OwnController =
  | keyof typeof SESSION_ROUTES
  | keyof typeof SECURITY_ROUTES
  | keyof typeof CONTENT_FILES
  | ExportName
  | 'stream'
  | 'showInvitation'
  | 'acceptInvitation';

/** Every other route is served by the verb of its name: one that is missing does not compile. */
const VERBS: { readonly [Name in Exclude<RouteName, OwnController>]: (typeof verbs)[Name] } = verbs;

/** A controller for each noun of the contract, with a handler for each of its routes, which calls its verb. */
export function verbControllers(): readonly Type[] {
  const byTag = new Map<string, [string, Route][]>();
  for (const [name] of Object.entries(VERBS)) {
    const route = routeNamed(name);
    byTag.set(route.tag, [...(byTag.get(route.tag) ?? []), [name, route]]);
  }
  return [...byTag.values()].map(controllerOf);
}

function controllerOf(routes: readonly (readonly [string, Route])[]): Type {
  class VerbController {
    readonly parts: ApiParts;

    constructor(parts: ApiParts) {
      this.parts = parts;
    }
  }
  Inject(API_PARTS)(VerbController, undefined, 0);
  for (const [name, route] of routes) {
    const verb = verbNamed(name);
    async function handle(this: VerbController, request: ApiRequest, reply: FastifyReply): Promise<unknown> {
      const context: Context = { ...this.parts.context, actor: actorOf(request) };
      return serveVerb({ route, verb, shows: showing(route), context, request, reply });
    }
    const descriptor = { value: handle, writable: true, configurable: true, enumerable: false };
    Object.defineProperty(VerbController.prototype, name, descriptor);
    Req()(VerbController.prototype, name, 0);
    Res({ passthrough: true })(VerbController.prototype, name, 1);
    decorateHandler(route, VerbController.prototype, name, descriptor);
  }
  Controller()(VerbController);
  return VerbController;
}

/** Binds a handler to a route of the contract. */
export function Serves(route: Route): MethodDecorator {
  return (target, name, descriptor) => decorateHandler(route, target, name, descriptor);
}

/** Binds a handler that no decorator stands at to a route of the contract. */
export function decorateHandler<T>(
  route: Route,
  target: object,
  name: string | symbol,
  descriptor: TypedPropertyDescriptor<T>,
): void {
  const path = route.path.replace(/\{(\w+)\}/g, ':$1');
  RequestMapping({ path, method: RequestMethod[route.method] })(target, name, descriptor);
  HttpCode(route.status)(target, name, descriptor);
  ServedRoute(route)(target, name, descriptor);
}

/** What shows the version of the thing that a route changes. */
function showing({ changes }: Route): Shows | undefined {
  if (changes === undefined) return undefined;
  const { version, audited, permission } = routeNamed(changes);
  return { verb: verbNamed(changes), version: version ?? [], audited, permission };
}

function routeNamed(name: string): Route {
  const route = Object.entries<Route>(ROUTES).find(([each]) => each === name)?.[1];
  if (!route) throw new Error(`the contract has no route ${name}`);
  return route;
}

/** Verbs parse what they are given, whatever it is; their exact types are for callers that are typed. */
function verbNamed(name: string): AnyVerb {
  return Object.entries(VERBS).find(([each]) => each === name)?.[1] as AnyVerb;
}
