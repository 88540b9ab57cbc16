// Draws and elementary functions, one call at a time, as handlers make them. Arguments differ from call to
// call and come from memory; results are summed, so that no call is skipped.
#include <cmath>
#include <cstdint>
#include <vector>

#include <benchmark/benchmark.h>
#include <sleef.h>

#include "sim/random/distributions.h"

namespace peercap {
namespace {

enum class Purpose : std::uint16_t { variate };

constexpr std::size_t arguments = 1U << 12;

std::vector<double> make_uniforms(double scale, double shift) {
  const RandomSource random{1, 0};
  std::vector<double> uniforms;
  for (std::uint64_t i = 0; i < arguments; ++i)
    uniforms.push_back(scale * random.draw(EntityKey{}, Purpose::variate, i).uniform() + shift);
  return uniforms;
}

template <class Function>
void evaluate(benchmark::State& state, const std::vector<double>& inputs, Function function) {
  std::size_t i = 0;
  double sum = 0.0;
  for (auto _ : state) {
    sum += function(inputs[i++ & (arguments - 1)]);
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations());
}

/// One block of philox4x32-10 at another address each time: two words, of which `use` makes something.
template <class Result>
void draw_block(benchmark::State& state, Result (*use)(const Draw&)) {
  const RandomSource random{1, 0};
  std::uint64_t index = 0;
  Result sum = 0;
  for (auto _ : state) {
    sum += use(random.draw(EntityKey{index >> 4}, Purpose::variate, index & 15U));
    ++index;
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK_CAPTURE(
    draw_block, words, +[](const Draw& d) { return d.bits(); });
BENCHMARK_CAPTURE(
    draw_block, uniform, +[](const Draw& d) { return d.uniform(); });
BENCHMARK_CAPTURE(
    draw_block, two_uniforms, +[](const Draw& d) { return d.uniform() + d.second_uniform(); });

template <class Variate>
void draw_variate(benchmark::State& state, Variate variate) {
  const RandomSource random{1, 0};
  std::uint64_t index = 0;
  double sum = 0.0;
  for (auto _ : state) {
    sum += variate(random.draw(EntityKey{7}, Purpose::variate, index++).uniform());
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK_CAPTURE(draw_variate, exponential, [](double u) { return standard_exponential(u); });
BENCHMARK_CAPTURE(draw_variate, normal, [](double u) { return standard_normal(u); });
BENCHMARK_CAPTURE(draw_variate, lognormal, [](double u) { return lognormal(2.0, 0.8, standard_normal(u)); });
BENCHMARK_CAPTURE(draw_variate, poisson_mean_0_2,
                  [](double u) { return static_cast<double>(poisson_by_inversion(0.2, u)); });
BENCHMARK_CAPTURE(draw_variate, poisson_mean_2,
                  [](double u) { return static_cast<double>(poisson_by_inversion(2.0, u)); });
BENCHMARK_CAPTURE(draw_variate, poisson_mean_30,
                  [](double u) { return static_cast<double>(poisson_by_inversion(30.0, u)); });

void entity_child(benchmark::State& state) {
  EntityKey key;
  for (auto _ : state) {
    key = key.child(std::uint64_t{5});
    benchmark::DoNotOptimize(key);
  }
}
BENCHMARK(entity_child);

void log_exact(benchmark::State& state) {
  evaluate(state, make_uniforms(1.0, 0.0), [](double x) { return exact::log(x); });
}
void log_sleef(benchmark::State& state) {
  evaluate(state, make_uniforms(1.0, 0.0), [](double x) { return Sleef_cinz_logd1_u10purec(x); });
}
void log_libm(benchmark::State& state) {
  evaluate(state, make_uniforms(1.0, 0.0), [](double x) { return std::log(x); });
}
void exp_exact(benchmark::State& state) {
  evaluate(state, make_uniforms(40.0, -20.0), [](double x) { return exact::exp(x); });
}
void exp_sleef(benchmark::State& state) {
  evaluate(state, make_uniforms(40.0, -20.0), [](double x) { return Sleef_cinz_expd1_u10purec(x); });
}
void exp_libm(benchmark::State& state) {
  evaluate(state, make_uniforms(40.0, -20.0), [](double x) { return std::exp(x); });
}
BENCHMARK(log_exact);
BENCHMARK(log_sleef);
BENCHMARK(log_libm);
BENCHMARK(exp_exact);
BENCHMARK(exp_sleef);
BENCHMARK(exp_libm);

}  // namespace
}  // namespace peercap
