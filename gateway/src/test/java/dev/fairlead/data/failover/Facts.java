package dev.fairlead.data.failover;

/// [RunFacts] of a test, changed one by one.
record Facts(RunFacts facts) {
    RunFacts now() {
        return facts;
    }

    Facts left(long nanos) {
        return new Facts(new RunFacts(
                nanos,
                facts.mostAttempts(),
                facts.longestRest(),
                facts.rest(),
                facts.isHopeful(),
                facts.isRated(),
                facts.isBlockAwaited(),
                facts.blockPause(),
                facts.mayStandIn(),
                facts.isKept(),
                facts.isDenied(),
                facts.isSubmitted(),
                facts.isMaybeDone(),
                facts.chance()));
    }

    Facts rest(long nanos) {
        return new Facts(new RunFacts(
                facts.left(),
                facts.mostAttempts(),
                facts.longestRest(),
                nanos,
                facts.isHopeful(),
                facts.isRated(),
                facts.isBlockAwaited(),
                facts.blockPause(),
                facts.mayStandIn(),
                facts.isKept(),
                facts.isDenied(),
                facts.isSubmitted(),
                facts.isMaybeDone(),
                facts.chance()));
    }

    Facts hopeful() {
        return new Facts(new RunFacts(
                facts.left(),
                facts.mostAttempts(),
                facts.longestRest(),
                facts.rest(),
                true,
                facts.isRated(),
                facts.isBlockAwaited(),
                facts.blockPause(),
                facts.mayStandIn(),
                facts.isKept(),
                facts.isDenied(),
                facts.isSubmitted(),
                facts.isMaybeDone(),
                facts.chance()));
    }

    Facts rated() {
        return new Facts(new RunFacts(
                facts.left(),
                facts.mostAttempts(),
                facts.longestRest(),
                facts.rest(),
                facts.isHopeful(),
                true,
                facts.isBlockAwaited(),
                facts.blockPause(),
                facts.mayStandIn(),
                facts.isKept(),
                facts.isDenied(),
                facts.isSubmitted(),
                facts.isMaybeDone(),
                facts.chance()));
    }

    Facts awaited(long pause) {
        return new Facts(new RunFacts(
                facts.left(),
                facts.mostAttempts(),
                facts.longestRest(),
                facts.rest(),
                facts.isHopeful(),
                facts.isRated(),
                true,
                pause,
                facts.mayStandIn(),
                facts.isKept(),
                facts.isDenied(),
                facts.isSubmitted(),
                facts.isMaybeDone(),
                facts.chance()));
    }

    Facts standsIn() {
        return new Facts(new RunFacts(
                facts.left(),
                facts.mostAttempts(),
                facts.longestRest(),
                facts.rest(),
                facts.isHopeful(),
                facts.isRated(),
                facts.isBlockAwaited(),
                facts.blockPause(),
                true,
                facts.isKept(),
                facts.isDenied(),
                facts.isSubmitted(),
                facts.isMaybeDone(),
                facts.chance()));
    }

    Facts kept() {
        return new Facts(new RunFacts(
                facts.left(),
                facts.mostAttempts(),
                facts.longestRest(),
                facts.rest(),
                facts.isHopeful(),
                facts.isRated(),
                facts.isBlockAwaited(),
                facts.blockPause(),
                facts.mayStandIn(),
                true,
                facts.isDenied(),
                facts.isSubmitted(),
                facts.isMaybeDone(),
                facts.chance()));
    }

    Facts denied() {
        return new Facts(new RunFacts(
                facts.left(),
                facts.mostAttempts(),
                facts.longestRest(),
                facts.rest(),
                facts.isHopeful(),
                facts.isRated(),
                facts.isBlockAwaited(),
                facts.blockPause(),
                facts.mayStandIn(),
                facts.isKept(),
                true,
                facts.isSubmitted(),
                facts.isMaybeDone(),
                facts.chance()));
    }

    Facts submitted() {
        return new Facts(new RunFacts(
                facts.left(),
                facts.mostAttempts(),
                facts.longestRest(),
                facts.rest(),
                facts.isHopeful(),
                facts.isRated(),
                facts.isBlockAwaited(),
                facts.blockPause(),
                facts.mayStandIn(),
                facts.isKept(),
                facts.isDenied(),
                true,
                facts.isMaybeDone(),
                facts.chance()));
    }

    Facts maybeDone() {
        return new Facts(new RunFacts(
                facts.left(),
                facts.mostAttempts(),
                facts.longestRest(),
                facts.rest(),
                facts.isHopeful(),
                facts.isRated(),
                facts.isBlockAwaited(),
                facts.blockPause(),
                facts.mayStandIn(),
                facts.isKept(),
                facts.isDenied(),
                true,
                true,
                facts.chance()));
    }

    Facts chance(double part) {
        return new Facts(new RunFacts(
                facts.left(),
                facts.mostAttempts(),
                facts.longestRest(),
                facts.rest(),
                facts.isHopeful(),
                facts.isRated(),
                facts.isBlockAwaited(),
                facts.blockPause(),
                facts.mayStandIn(),
                facts.isKept(),
                facts.isDenied(),
                facts.isSubmitted(),
                facts.isMaybeDone(),
                part));
    }
}
