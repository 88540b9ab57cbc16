#pragma once

namespace peercap {

/// Which end of a measure is wanted.
enum class Preference { smaller, larger };

}  // namespace peercap
