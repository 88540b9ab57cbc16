#include "sim/study/design/design.h"

#include <limits>
#include <utility>

#include "sim/support/contract.h"

namespace peercap {

void Design::write_point(std::uint64_t index, std::span<double> coordinates) const {
  require(index < size(), "Design: no such point");
  require(coordinates.size() == dimensions(), "Design: a coordinate for each dimension");
  compute(index, coordinates);
}

std::vector<double> Design::point(std::uint64_t index) const {
  std::vector<double> coordinates(dimensions());
  write_point(index, coordinates);
  return coordinates;
}

GridDesign::GridDesign(std::vector<std::vector<double>> levels) : levels_{std::move(levels)} {
  require(!levels_.empty(), "GridDesign: at least one dimension");
  constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  for (const auto& dimension : levels_) {
    require(!dimension.empty(), "GridDesign: at least one level of each dimension");
    require(size_ <= most / dimension.size(), "GridDesign: more than 2^63 combinations");
    size_ *= dimension.size();
  }
}

void GridDesign::compute(std::uint64_t index, std::span<double> coordinates) const {
  for (std::size_t i = levels_.size(); i-- > 0;) {
    coordinates[i] = levels_[i][index % levels_[i].size()];
    index /= levels_[i].size();
  }
}

ListDesign::ListDesign(std::vector<std::vector<double>> points) : points_{std::move(points)} {
  require(!points_.empty() && !points_.front().empty(), "ListDesign: at least one point and dimension");
  for (const auto& point : points_)
    require(point.size() == points_.front().size(), "ListDesign: points of one length");
}

ListDesign ListDesign::zip(const std::vector<std::vector<double>>& levels) {
  require(!levels.empty(), "ListDesign: at least one dimension");
  std::vector<std::vector<double>> points(levels.front().size());
  for (const auto& dimension : levels) {
    require(dimension.size() == points.size(), "ListDesign: as many levels of each dimension");
    for (std::size_t i = 0; i < points.size(); ++i) points[i].push_back(dimension[i]);
  }
  return ListDesign{std::move(points)};
}

void ListDesign::compute(std::uint64_t index, std::span<double> coordinates) const {
  const std::vector<double>& point = points_[index];
  for (std::size_t i = 0; i < point.size(); ++i) coordinates[i] = point[i];
}

}  // namespace peercap
