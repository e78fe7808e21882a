/* Alternating offers of people who go by the clock, session after session: what a plain loop takes.
 *
 * The rules are those of sim.protocols.timed_offers: of his deals, sorted once, everybody proposes the worst that
 * reaches his target, and takes what reaches it. For tests alone; compiled with the compiler of the system.
 */
#include <math.h>
#include <stdlib.h>

#define TOLERANCE 1e-9

static const double *sorted_by;

static int better(const void *a, const void *b) {
    double x = sorted_by[*(const int *)a], y = sorted_by[*(const int *)b];
    if (x != y) return x > y ? -1 : 1;
    return *(const int *)a - *(const int *)b;
}

/* payoff (draws, actors, deals), exponent (actors): Faratin's, times (rounds): share that has passed; tolerance: taken off the target; deal, round (draws): -1 and rounds without agreement */
void sessions(const double *payoff, long draws, long actors, long deals, const double *exponent, const double *times,
              long rounds, double tolerance, long *deal, long *round) {
    int *order = malloc(sizeof(int) * actors * deals);
    long *at = malloc(sizeof(long) * actors);
    double *floor_ = malloc(sizeof(double) * actors), *best = malloc(sizeof(double) * actors);
    double *asked = malloc(sizeof(double) * actors * rounds);
    for (long i = 0; i < actors; i++)
        for (long t = 0; t < rounds; t++) asked[i * rounds + t] = 1.0 - pow(times[t], 1.0 / exponent[i]);
    for (long d = 0; d < draws; d++) {
        const double *table = payoff + d * actors * deals;
        for (long i = 0; i < actors; i++) {
            const double *mine = table + i * deals;
            int *sorted = order + i * deals;
            double worst = mine[0];
            for (long k = 0; k < deals; k++) {
                sorted[k] = (int)k;
                if (mine[k] < worst) worst = mine[k];
            }
            sorted_by = mine;
            qsort(sorted, deals, sizeof(int), better);
            floor_[i] = worst > 0 ? worst : 0;
            best[i] = mine[sorted[0]];
            at[i] = 0;
        }
        long standing = -1, speaker = -1, yeses = 0, t = 0, closed = 0;
        for (; t < rounds && !closed; t++)
            for (long i = 0; i < actors && !closed; i++) {
                const double *mine = table + i * deals;
                const int *sorted = order + i * deals;
                double target = asked[i * rounds + t] * (best[i] - floor_[i]) + floor_[i] - tolerance;
                if (target < floor_[i]) target = floor_[i];
                if (target > best[i]) target = best[i];
                if (standing >= 0 && speaker != i && mine[standing] >= target - TOLERANCE) {
                    if (++yeses == actors - 1) closed = 1;
                    continue;
                }
                while (at[i] + 1 < deals && mine[sorted[at[i] + 1]] >= target - TOLERANCE) at[i]++;
                long first = at[i];
                while (first > 0 && mine[sorted[first - 1]] == mine[sorted[first]]) first--;
                standing = sorted[first];
                speaker = i;
                yeses = 0;
            }
        deal[d] = closed ? standing : -1;
        round[d] = closed ? t - 1 : rounds;
    }
    free(order);
    free(at);
    free(floor_);
    free(best);
    free(asked);
}
