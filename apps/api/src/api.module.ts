import { Module, type DynamicModule } from '@nestjs/common';
import { actorOfKey } from '@postern/administration';
import { APP_FILTER, APP_GUARD, Reflector } from '@nestjs/core';
import { API_PARTS, type ApiParts } from './api-parts.ts';
import { ContentController } from './contract/content.controller.ts';
import { DocumentController } from './contract/document.controller.ts';
import { InvitationController } from './contract/invitation.controller.ts';
import { OwnPasskeysController } from './contract/own-passkeys.controller.ts';
import { PasskeyController } from './contract/passkey.controller.ts';
import { SecondStepController } from './contract/second-step.controller.ts';
import { SecurityController } from './contract/security.controller.ts';
import { SingleSignOnController } from './contract/single-sign-on.controller.ts';
import { SessionController } from './contract/session.controller.ts';
import { verbControllers } from './contract/verb-controllers.ts';
import { exportController } from './export/export-controller.ts';
import { GateGuard } from './gate/gate.guard.ts';
import { ProblemFilter } from './gate/problem.filter.ts';
import { HealthController } from './health/health.controller.ts';
import { StreamController } from './stream/stream.controller.ts';

/** The wiring of the API. */
@Module({})
export class ApiModule {
  static of(parts: ApiParts): DynamicModule {
    return {
      module: ApiModule,
      controllers: [
        SessionController,
        SecondStepController,
        PasskeyController,
        SecurityController,
        OwnPasskeysController,
        InvitationController,
        SingleSignOnController,
        ...verbControllers(),
        exportController(),
        StreamController,
        ContentController,
        DocumentController,
        HealthController,
      ],
      providers: [
        { provide: API_PARTS, useValue: parts },
        { provide: APP_FILTER, useFactory: () => new ProblemFilter(parts.log) },
        {
          provide: APP_GUARD,
          inject: [Reflector],
          useFactory: (reflector: Reflector) =>
            new GateGuard(reflector, {
              sessions: parts.sessions,
              apiKeys: (given) => actorOfKey(parts.context, given),
              rateLimit: parts.rateLimit,
            }),
        },
      ],
    };
  }
}
