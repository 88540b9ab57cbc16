#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace peercap {

/// A set of points that are computed by their indices: a design of a million points takes no memory, and any
/// share of it can be run by itself.
class Design {
 public:
  virtual ~Design() = default;

  [[nodiscard]] virtual std::uint64_t size() const = 0;
  [[nodiscard]] virtual std::size_t dimensions() const = 0;

  /// Writes the coordinates of point `index`, [dimensions]. A pure function, callable from any thread. Throws
  /// ContractViolation for an index that is none or another number of coordinates.
  void write_point(std::uint64_t index, std::span<double> coordinates) const;
  [[nodiscard]] std::vector<double> point(std::uint64_t index) const;

 private:
  virtual void compute(std::uint64_t index, std::span<double> coordinates) const = 0;
};

/// Every combination of the levels; the last dimension changes fastest.
class GridDesign final : public Design {
 public:
  /// [dimensions][levels of each]; throws ContractViolation without dimensions or levels, or for more than
  /// 2^63 combinations.
  explicit GridDesign(std::vector<std::vector<double>> levels);
  [[nodiscard]] std::uint64_t size() const override { return size_; }
  [[nodiscard]] std::size_t dimensions() const override { return levels_.size(); }

 private:
  void compute(std::uint64_t index, std::span<double> coordinates) const override;
  std::vector<std::vector<double>> levels_;
  std::uint64_t size_ = 1;
};

/// Points one by one, as given.
class ListDesign final : public Design {
 public:
  /// [points][dimensions], all of one length; throws ContractViolation otherwise, or without points.
  explicit ListDesign(std::vector<std::vector<double>> points);
  /// Levels of all dimensions side by side, [dimensions][points]: the i-th of each make point i.
  [[nodiscard]] static ListDesign zip(const std::vector<std::vector<double>>& levels);
  [[nodiscard]] std::uint64_t size() const override { return points_.size(); }
  [[nodiscard]] std::size_t dimensions() const override { return points_.front().size(); }

 private:
  void compute(std::uint64_t index, std::span<double> coordinates) const override;
  std::vector<std::vector<double>> points_;
};

}  // namespace peercap
